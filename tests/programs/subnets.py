"""Addresses and networks, with the library and with bits by hand; routing by longest prefix."""

import ipaddress


def parse(text):
    parts = text.split(".")
    if len(parts) != 4 or not all(p.isdigit() and int(p) < 256 for p in parts):
        raise ValueError(f"not an address: {text}")
    total = 0
    for p in parts:
        total = total << 8 | int(p)
    return total


def show(n):
    return ".".join(str(n >> shift & 255) for shift in (24, 16, 8, 0))


class Routes:
    def __init__(self):
        self.table = []

    def add(self, network, target):
        address, _, bits = network.partition("/")
        bits = int(bits or 32)
        mask = (1 << 32) - (1 << (32 - bits))
        self.table.append((bits, mask, parse(address) & mask, target))
        self.table.sort(reverse=True)

    def find(self, address):
        n = parse(address)
        return next((target for _, mask, prefix, target in self.table if n & mask == prefix), "default")


routes = Routes()
for network, target in {"10.0.0.0/8": "inner", "10.1.0.0/16": "lab", "192.168.1.7": "printer"}.items():
    routes.add(network, target)
for address in ("10.1.2.3", "10.2.2.3", "192.168.1.7", "8.8.8.8", "300.1.1.1"):
    try:
        print(f"{address:12} {routes.find(address):8} {parse(address):>10} {show(parse(address) | 255)}")
    except ValueError as e:
        print(e)
net = ipaddress.ip_network("192.168.4.0/29")
print(net.num_addresses, net.netmask, [str(h) for h in net.hosts()][::5], ipaddress.ip_address("192.168.4.3") in net)
print([str(s) for s in net.subnets(prefixlen_diff=1)], net.overlaps(ipaddress.ip_network("192.168.0.0/16")))
print(ipaddress.ip_address("::1").is_loopback, ipaddress.ip_address("10.0.0.1") + 255, int(ipaddress.ip_address("0.0.1.0")))
