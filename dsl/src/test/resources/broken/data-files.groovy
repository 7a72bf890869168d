fabric('x') {
    for (row in csv('parts/tie.csv')) { site(row.name) { } }
    for (row in csv('parts/dup.csv')) { site(row.name) { } }
    for (row in csv('parts/nameless.csv')) { site(row.name) { } }
    for (row in csv('parts/ref.csv')) { site(row.name) { } }
    for (row in csv('parts/open.csv')) { site(row.name) { } }
    for (row in csv('parts/after.csv')) { site(row.name) { } }
    for (row in csv('parts/empty.csv')) { site(row.name) { } }
    for (row in csv('parts/short.csv')) { site(row.name) { } }
    for (row in csv('parts/u16.csv')) { site(row.name) { } }
    for (row in csv('parts/zip.csv')) { site(row.name) { } }
    for (row in csv('parts/latin.csv')) { site(row.name) { } }
}
