// The name under which this browser keeps things, the same on the page and on those for reading:
// the one that is `known` or was given before, else a new one.
window.nameOfBrowser = (known) => {
  const random = () => [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const name = known || localStorage.getItem('hemeroteca-name') || random()
  localStorage.setItem('hemeroteca-name', name)
  return name
}
