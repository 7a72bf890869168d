fabric('x') { site(json('parts/trail.json').text('a')) { } }
