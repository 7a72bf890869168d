playbook('refused', about: 'not for these values') {
    String how = textParameter('how', about: 'x', default: 'wall')
    if (how == 'wall') refuse "$how is nothing for this inventory"
    say how
}
