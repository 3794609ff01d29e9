"""A file is written in the directory that is current at its place; what looks at all files does so in order."""

os.mkdir('d')
os.chdir('d')
with open('a', 'w') as fh:
    fh.write(f(1))
os.chdir('..')
names = os.listdir('.')
with open('b', 'w') as fh:
    fh.write(f(2))
os.remove('b')
os.rename('d', 'e')
after = sorted(os.listdir('.')), os.listdir('e')
