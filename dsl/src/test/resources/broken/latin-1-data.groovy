fabric('x') {
    for (row in csv('latin-1.csv')) { site(row.name) {} }
}
