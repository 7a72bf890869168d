fabric('x') {
    int count = 3
    assert count < 2 : 'two at most'
}
