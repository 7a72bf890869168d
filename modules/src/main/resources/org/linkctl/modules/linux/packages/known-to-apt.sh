## known-to-apt NAME...: apt-cache(8) shows no record of a virtual package, which apt-get would install another one for.
for name; do
  apt-cache show "$name" 2>/dev/null | grep -qxF "Package: $name" && continue
  printf '%s\n' "package $name: there is none of that name; of a virtual one, or of what a package provides, declare the package that provides it" >&2
  exit 1
done
