fabric('spreadsheets') {
    for (file in ['semi', 'tab', 'sep', 'mac', 'nbsp']) {
        for (row in csv("parts/${file}.csv")) {
            site("$file-${row.name.replaceAll('[^a-z]', '')}") {
                host("$file-${row.name.replaceAll('[^a-z]', '')}", os: LINUX, ssh: row.ssh.replaceAll('[^a-z.]', ''))
            }
        }
    }
}
