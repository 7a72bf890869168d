def defaults = json('parts/defaults.json')
fabric('included') {
    include 'parts/sites.groovy'
    tunnel('wg0', keepalive: defaults.number('keepalive')) {
        end('a-gw', port: defaults.at('ports').number('first'), address: '10.255.0.1/30')
        end('b-gw', port: defaults.at('ports').number('first'), address: '10.255.0.2/30', endpoint: defaults.text('endpoint'))
    }
    for (extra in json('parts/defaults.json').at('extra')) { site(extra.text('name'), lan: extra.texts('lan')) { } }
    route(between: ['a', 'b'], via: 'wg0')
}
