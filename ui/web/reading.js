// What the pages for reading do beyond HTML. Words that are selected in an article can be linked to.
const text = document.querySelector('.text[data-address]')

// The offset in the article at which a place of the page begins, counted in characters as the
// server counts them, not in halves of surrogate pairs.
function offset(node, at) {
  const sentence = (node.nodeType === 3 ? node.parentElement : node).closest('.sentence')
  if (!sentence) return null
  const before = document.createRange()
  before.setStart(sentence, 0)
  before.setEnd(node, at)
  return Number(sentence.dataset.at) + [...before.toString()].length
}

function offer() {
  document.querySelector('.copying')?.remove()
  const selection = getSelection()
  if (!text || selection.isCollapsed || !text.contains(selection.anchorNode)) return
  const range = selection.getRangeAt(0)
  const [start, quote] = [offset(range.startContainer, range.startOffset), range.toString()]
  if (start === null || !quote.trim() || quote.length > 600) return
  const button = Object.assign(document.createElement('button'), {
    className: 'copying', type: 'button', textContent: text.dataset.copy,
  })
  const said = new URLSearchParams({ at: start, quote })
  const address = new URL(`${text.dataset.base}${text.dataset.address}?${said}`, location)
  button.addEventListener('mousedown', (event) => event.preventDefault()) // it stays selected
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(address)
    button.textContent = text.dataset.done
    setTimeout(() => button.remove(), 1500)
  })
  const { bottom, left } = range.getBoundingClientRect()
  document.body.append(button)
  button.style.top = `${bottom + scrollY + 6}px`
  button.style.left = `${Math.max(8, Math.min(left + scrollX, innerWidth - button.offsetWidth - 8))}px`
}

let soon
document.addEventListener('selectionchange', () => {
  clearTimeout(soon)
  soon = setTimeout(offer, 250)
})

// "/" leads to the search, as on many pages.
document.addEventListener('keydown', (event) => {
  const box = document.querySelector('#q')
  if (event.key !== '/' || !box || event.target.matches('input, textarea')) return
  event.preventDefault()
  box.select()
})
