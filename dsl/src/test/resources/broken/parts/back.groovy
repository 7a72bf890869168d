include 'units-and-ranges.groovy'
