"""A local variable that is deleted while its value is pending."""

def ask():
    x = ident(1); del x
    abc = [ident(1), 2]
    a, b = abc
    del abc, a, (b,)
    return f(2)


a = ask()
