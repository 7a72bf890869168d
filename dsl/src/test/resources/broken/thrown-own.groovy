fabric('x') {
    site('a') { }
    check(0)
}
void check(int count) {
    if (count < 1) throw new IllegalArgumentException("no hosts\nin the list")
    assert count > 1
}
