fabric('x') { site(json('parts/empty.json').text('a')) { } }
