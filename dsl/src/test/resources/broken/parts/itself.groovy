include 'parts/itself.groovy'
