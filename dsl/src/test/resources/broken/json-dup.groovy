fabric('x') { site(json('parts/dup.json').text('a')) { } }
