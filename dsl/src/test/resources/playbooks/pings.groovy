playbook('pings', about: 'a ping begins before it ends') {
    outage('one')
    watch('one', from: 'a-gw', to: 'b-gw')
    watch('one', from: 'a-gw', to: 'b-gw')
    watch('two', from: 'a', to: 'b-gw')
    outage('on')
    watch('three')
}
