site('once') {}
