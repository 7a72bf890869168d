playbook('data', about: 'a file that is not there') {
    for (row in csv('nowhere.csv')) say row.name
}
