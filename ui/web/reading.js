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
  const offered = Object.assign(document.createElement('p'), { className: 'copying' })
  const said = new URLSearchParams({ at: start, quote })
  const address = new URL(`${text.dataset.base}${text.dataset.address}?${said}`, location)
  button(offered, text.dataset.copy, async (pressed) => {
    await navigator.clipboard.writeText(address)
    pressed.textContent = text.dataset.done
    setTimeout(() => offered.remove(), 1500)
  })
  button(offered, `☆ ${text.dataset.keep}`, () => {
    keep({ act: 'keep', article: text.dataset.article, quote, start })
    offered.remove()
    text.focus({ preventScroll: true })
  })
  offered.addEventListener('keydown', ({ key }) => { if (key === 'Escape') text.focus() })
  const { bottom, left } = range.getBoundingClientRect()
  document.body.append(offered)
  offered.style.top = `${bottom + scrollY + 6}px`
  offered.style.left = `${Math.max(8, Math.min(left + scrollX, innerWidth - offered.offsetWidth - 8))}px`
}

function button(parent, label, press) {
  const made = Object.assign(document.createElement('button'), { type: 'button', textContent: label })
  made.addEventListener('mousedown', (event) => event.preventDefault()) // it stays selected
  made.addEventListener('click', () => press(made))
  parent.append(made)
}

let soon
document.addEventListener('selectionchange', () => {
  clearTimeout(soon)
  soon = setTimeout(offer, 250)
})

// By keyboard: left and right choose a sentence, with Shift one more; Enter leads to what is offered.
text?.addEventListener('keydown', (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (event.key === 'Enter') offer()
  const offered = document.querySelector('.copying button')
  if (event.key === 'Enter' && offered) {
    event.preventDefault()
    offered.focus()
  }
  if (!step || event.ctrlKey || event.altKey || event.metaKey) return
  event.preventDefault()
  const [selection, sentences] = [getSelection(), [...text.querySelectorAll('.sentence')]]
  const at = sentences.findIndex((each) => each.contains(selection.focusNode))
  const first = text.querySelector('mark')?.closest('.sentence') ?? sentences[0]
  const next = at < 0 || selection.isCollapsed ? first : sentences[at + step]
  if (!next) return
  if (event.shiftKey && !selection.isCollapsed) {
    selection.extend(next, step > 0 ? next.childNodes.length : 0)
  } else selection.selectAllChildren(next)
  next.scrollIntoView({ block: 'nearest' })
})

// "/" leads to the search, as on many pages.
document.addEventListener('keydown', (event) => {
  const box = document.querySelector('#q')
  if (event.key !== '/' || !box || event.target.matches('input, textarea')) return
  event.preventDefault()
  box.select()
})

// What is kept, of what this page shows: articles by their star, words that are selected in one.
const keeping = document.querySelector('.keeping')
let latest = 0 // what was asked last: an earlier reply that comes after it is not shown

// Each of several indexes has collections of its own.
const home = document.querySelector('.masthead .name a').href
const chosen = `hemeroteca-collection ${new URL(home).pathname}`

const ask = (route, sent) => fetch(new URL(route, home), {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(sent),
}).then((found) => found.json()).catch((fault) => ({ error: String(fault) }))

async function keep(asked = {}) {
  const number = ++latest
  const sent = {
    browser: nameOfBrowser(), collection: localStorage.getItem(chosen) ?? '', ...asked,
  }
  const reply = await ask('keeping', sent)
  if (reply.error) return tell(reply.error, true)
  if (number !== latest) return
  localStorage.setItem(chosen, reply.collection)
  for (const star of document.querySelectorAll('.star[data-article]')) {
    const { article, on, off } = star.dataset
    const kept = reply.items.some((item) => item.article === article && !item.quote)
    star.hidden = false
    star.setAttribute('aria-pressed', kept)
    star.textContent = kept ? `★ ${on}` : `☆ ${off}`
  }
  if (keeping) showKept(reply)
  showCollections(reply.collections)
  if (asked.act) tell(reply.said)
}

function tell(said, failed = false) {
  const told = document.querySelector('#told')
  told.textContent = said
  told.classList.toggle('fault', failed)
}

function showKept({ collection, collections, items }) {
  keeping.hidden = false
  const chosen = keeping.querySelector('select')
  chosen.hidden = collections.length < 2
  chosen.replaceChildren(...collections.map(({ id, name }) => new Option(name, id, false, id === collection)))
  const here = items.filter(({ article }) => article === keeping.dataset.article)
  keeping.querySelector('.items').replaceChildren(...here.map(keptItem))
}

// The collections beside what a search found, each a link to what is found in it alone.
function showCollections(collections) {
  const own = document.querySelector('.own')
  if (!own) return
  const filled = collections.filter(({ items }) => items)
  own.hidden = !filled.length
  own.querySelector('ul').replaceChildren(...filled.map(({ id, name }) => {
    const address = new URL(location)
    address.searchParams.set('collection', id)
    address.searchParams.delete('page')
    const link = Object.assign(document.createElement('a'), { href: address })
    link.append(Object.assign(document.createElement('span'), { textContent: name }))
    const item = document.createElement('li')
    item.append(link)
    return item
  }))
}

function keptItem({ id, quote, note }) {
  const item = document.createElement('li')
  if (quote) item.append(Object.assign(document.createElement('blockquote'), { textContent: quote }))
  const field = Object.assign(document.createElement('textarea'), {
    rows: 2, value: note, placeholder: keeping.dataset.note, ariaLabel: keeping.dataset.label,
  })
  field.addEventListener('change', () => keep({ act: 'note', item: id, text: field.value }))
  item.append(field)
  if (!quote) return item // its star keeps it no more
  const remove = Object.assign(document.createElement('button'), {
    type: 'button', textContent: keeping.dataset.remove,
  })
  remove.addEventListener('click', () => keep({ act: 'remove', item: id }))
  item.append(remove)
  return item
}

document.addEventListener('click', ({ target }) => {
  const star = target.closest('.star[data-article]')
  if (star) keep({ act: 'keep', article: star.dataset.article })
})
keeping?.addEventListener('change', ({ target }) => {
  if (target.matches('select')) keep({ collection: target.value })
  if (!target.matches('input') || !target.value.trim()) return
  keep({ act: 'collect', text: target.value })
  target.value = ''
})
if (document.querySelector('.star[data-article]')) keep()

// Enter sends a claim, as in a box of one line.
document.querySelector('textarea[data-sends]')?.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  event.target.form.requestSubmit()
})

// The searches that were made before, each a link to it.
const made = document.querySelector('.made')
async function showSearches(act = 'add') {
  const sent = { browser: nameOfBrowser(), act, search: made.dataset.search }
  const { error, searches = [] } = await ask('searches', sent)
  if (error) return tell(error, true)
  made.hidden = !searches.length
  made.querySelector('ol').replaceChildren(...searches.map(({ address, said }) => {
    const link = Object.assign(document.createElement('a'), { href: new URL(address, home), textContent: said })
    const item = document.createElement('li')
    item.append(link)
    return item
  }))
}
made?.querySelector('button').addEventListener('click', () => showSearches('clear'))
if (made) showSearches()

// A search that is followed, or no more.
const following = document.querySelector('.follow')
async function follow(act = 'show') {
  const { search, on, off } = following.dataset
  const { error, followed, said } = await ask('following', { browser: nameOfBrowser(), act, search })
  if (error) return tell(error, true)
  following.hidden = false
  following.setAttribute('aria-pressed', followed)
  following.textContent = followed ? on : off
  if (act !== 'show') tell(said)
}
following?.addEventListener('click', () => {
  follow(following.getAttribute('aria-pressed') === 'true' ? 'forget' : 'follow')
})
if (following) follow()

// What is still being made is looked for again; a page that reloads by itself would take the focus.
const awaited = document.querySelector('[data-again]')

async function lookAgain() {
  const page = new DOMParser().parseFromString(await (await fetch(location)).text(), 'text/html')
  const now = page.querySelector('[data-again]')
  if (!now) return location.reload()
  if (now.textContent !== awaited.textContent) awaited.textContent = now.textContent
  setTimeout(lookAgain, 3000)
}

if (awaited) setTimeout(lookAgain, 3000)
