## installed-by-rpm NAME...: dnf(8) takes what a package provides for its name.
for name; do
  rpm -q --quiet "$name" && continue
  printf '%s\n' "package $name: there is none of that name; of a virtual one, or of what a package provides, declare the package that provides it" >&2
  exit 1
done
