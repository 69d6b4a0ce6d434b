// Runs in each HTML component of the page; `element`, `trigger`, `server` and `upload` are Gradio's.
// A click on what carries data-event, or a field that was filled in, becomes an event of that name
// ("share" is none: Gradio takes it for its own and tells nobody).
const EVENTS = ['example', 'show', 'narrow', 'reopen', 'forget', 'judge', 'export', 'halt', 'again',
  'remark', 'rename', 'admit', 'discard', 'examine', 'view', 'keep', 'choose', 'collect', 'note',
  'remove', 'question', 'follow', 'older', 'seen', 'paste', 'publish', 'unpublish']

// What is drawn anew loses the focus: it is given back to what should have it, known by this.
const key = (target) => {
  const { event, turn, id, from, to } = target.dataset
  return [target.name, event, turn, id, from, to, target.textContent.trim()].join()
}
let focused = ''

function send(name, data, next) {
  focused = next && element.contains(next) ? key(next) : ''
  if (EVENTS.includes(name)) trigger(name, data)
}

function press(target, further) {
  if (further && target.matches('g')) return narrow(target, target, true)
  if (target.dataset.sure && !confirm(target.dataset.sure)) return
  const carried = target.closest('[data-citation]')?.dataset.citation
  const data = carried ? { ...target.dataset, citation: carried } : { ...target.dataset }
  const written = target.dataset.field && element.querySelector(target.dataset.field)
  if (written) data.text = written.value
  send(target.dataset.event, data, target)
  if (written) written.value = ''
  goto(target)
}

// What is pressed may lead to another tab as well, or only there.
function goto(target) {
  const { goto: tab } = target.dataset
  target.closest('.menu')?.removeAttribute('open')
  if (tab) document.querySelector(`#${tab}-tab-button`).click()
}

element.addEventListener('click', async (event) => {
  event.target.closest('[data-dismiss]')?.parentElement.remove()
  const target = event.target.closest(
    '[data-event], [data-copy], [data-link], [data-edit], [data-goto]')
  if (!target || ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName)) return
  if (target.dataset.edit) edit(target)
  else if (target.dataset.copy || target.dataset.link) await copy(target)
  else if (!target.dataset.event) goto(target)
  else press(target, event.shiftKey)
})

async function copy(target) {
  const { link } = target.dataset // from this page on
  await navigator.clipboard.writeText(link ? new URL(link, location).href : target.dataset.copy)
  const said = target.textContent
  target.textContent = target.dataset.done
  setTimeout(() => { target.textContent = said }, 1500)
}

element.addEventListener('keydown', (event) => {
  const { target } = event
  if (target.tagName === 'INPUT' && event.key === 'Enter') commit(target, target)
  if (target.tagName === 'INPUT' && event.key === 'Escape') target.replaced?.()
  const menu = event.key === 'Escape' && target.closest('.menu')
  if (menu) {
    menu.removeAttribute('open')
    menu.querySelector('summary').focus()
  }
  const bar = target.closest('g[data-event]') // buttons do this by themselves
  if (!bar || ![' ', 'Enter'].includes(event.key)) return
  event.preventDefault()
  press(bar, event.shiftKey)
})

// What is kept that holds some words, or a tag, in its title, its quote or its note.
function find(field) {
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const words = plain(field.value).split(/\s+/).filter(Boolean)
  const of = field.closest('.evidence')
  for (const item of of.querySelectorAll('.item')) {
    const text = plain(`${item.querySelector('.source').textContent} ${item.querySelector('blockquote')?.textContent ?? ''} ${item.querySelector('textarea').value}`)
    item.hidden = !words.every((word) => text.includes(word))
  }
  for (const tag of of.querySelectorAll('[data-find]')) {
    tag.setAttribute('aria-pressed', plain(tag.dataset.find) === words.join(' '))
  }
}
element.addEventListener('input', ({ target }) => {
  if (target.name === 'find') find(target)
})
element.addEventListener('click', ({ target }) => {
  const tag = target.closest('[data-find]')
  if (!tag) return
  const field = tag.parentElement.querySelector('input')
  field.value = tag.getAttribute('aria-pressed') === 'true' ? '' : tag.dataset.find
  find(field)
})

// The timeline: a bar is pressed, or drawn to another; with Shift the period grows to the bar.
function narrow(one, other, further) {
  const days = [one.dataset.from, one.dataset.to, other.dataset.from, other.dataset.to]
  if (further) days.push(...[...element.querySelectorAll('input')].map((input) => input.value))
  const [from, to] = [days.filter(Boolean).sort()[0], days.sort().at(-1)]
  send('narrow', { from, to }, other)
}

let drawn = null // the bar at which a line along the timeline begins

function barAt(x) {
  const distance = (bar) => {
    const { left, right } = bar.getBoundingClientRect()
    return Math.max(left - x, x - right)
  }
  return [...element.querySelectorAll('svg g')].sort((a, b) => distance(a) - distance(b))[0]
}

element.addEventListener('pointerdown', (event) => {
  if (event.target.closest('.period svg')) drawn = barAt(event.clientX)
})
element.addEventListener('pointermove', (event) => {
  if (!drawn) return
  const bars = [...element.querySelectorAll('svg g')]
  const ends = [drawn, barAt(event.clientX)].map((bar) => bars.indexOf(bar)).sort((a, b) => a - b)
  bars.forEach((bar, at) => bar.classList.toggle('drawn', at >= ends[0] && at <= ends[1]))
})
addEventListener('pointerup', (event) => {
  if (!drawn) return
  const [one, other] = [drawn, barAt(event.clientX)]
  drawn = null
  element.querySelectorAll('.drawn').forEach((bar) => bar.classList.remove('drawn'))
  if (one !== other) narrow(one, other) // else it is a click
})
addEventListener('pointercancel', () => { drawn = null })

// The days of the evidence stand out in the timeline.
function point() {
  const days = [...document.querySelectorAll('#evidence time')].map((time) => time.dateTime)
  document.querySelectorAll('#period g').forEach((bar) => bar.classList.toggle(
    'shown', days.some((day) => bar.dataset.from <= day && day <= bar.dataset.to)))
}

// A field is read when it is left: while a date is typed, it passes through other dates.
element.addEventListener('focusout', ({ target, relatedTarget }) => {
  if (target.pause) choose(target, relatedTarget)
  commit(target, relatedTarget)
})
element.addEventListener('change', ({ target }) => {
  if (target.type === 'file') addFiles(target.files)
  if (target.tagName !== 'SELECT') return
  if (target.keyed) rest(target)
  else choose(target, target)
})

// Under the keyboard a list passes through other choices, with every letter and arrow: it is read
// when it is left, or after the second in which a browser joins letters to one word.
element.addEventListener('pointerdown', ({ target }) => { target.keyed = false })
element.addEventListener('keydown', ({ target }) => {
  target.keyed = true
  if (target.pause) rest(target)
})

function rest(select) {
  clearTimeout(select.pause)
  select.pause = setTimeout(() => choose(select, select), 1000)
}

function choose(select, next) {
  clearTimeout(select.pause)
  select.pause = null
  const chosen = [...element.querySelectorAll('select')].map((each) => [each.name, each.value])
  send(select.dataset.event, Object.fromEntries(chosen), next)
}

function commit(input, next) {
  if (!input.dataset.event || !['INPUT', 'TEXTAREA'].includes(input.tagName)) return
  const blank = 'replaced' in input && !input.value.trim()
  if (blank || input.value === input.defaultValue) {
    // Later, for what is drawn anew is left as well, and then it is gone.
    return setTimeout(() => input.isConnected && input.replaced?.())
  }
  input.defaultValue = input.sent = input.value
  input.replaced = null // what the server sends takes its place; leaving it then must not
  const day = (name) => element.querySelector(`input[name=${name}]`).value
  const filled = { ...input.dataset, text: input.value }
  send(input.dataset.event, input.type === 'date' ? { from: day('from'), to: day('to') } : filled, next)
}

// The name before a pencil becomes a field that is sent when it is left; Escape gives up.
function edit(pencil) {
  const name = pencil.closest('li').querySelector('.name')
  const input = document.createElement('input')
  input.value = input.defaultValue = name.textContent
  Object.assign(input.dataset, { event: pencil.dataset.edit, id: pencil.dataset.id })
  input.setAttribute('aria-label', pencil.getAttribute('aria-label'))
  input.replaced = () => {
    input.replaced = null // to take it away is to leave it
    input.replaceWith(name)
    name.focus()
  }
  name.replaceWith(input)
  input.select()
}

// An article comes when its card is opened. `toggle` does not bubble, hence the capture.
element.addEventListener('toggle', async (event) => {
  const card = event.target
  const article = card.querySelector('.article')
  if (!card.open || !article) return
  article.setAttribute('aria-busy', 'true')
  article.innerHTML = await server.open_article(card.dataset.citation).catch(() => '') ?? ''
  article.removeAttribute('aria-busy')
  const quote = article.querySelector('.quote')
  if (quote) article.scrollTop = quote.offsetTop - article.clientHeight / 3
  card.scrollIntoView({ block: 'nearest' })
}, true)

// Files are dropped on, or chosen in, what has the class "drop".
for (const name of ['dragover', 'dragleave', 'drop'])
  element.addEventListener(name, (event) => {
    const drop = event.target.closest('.drop')
    if (!drop) return
    event.preventDefault()
    drop.classList.toggle('over', name === 'dragover')
    if (name === 'drop') addFiles(event.dataTransfer.files)
  })

async function addFiles(files) {
  const drop = element.querySelector('.drop')
  const added = []
  for (const [n, file] of [...files].entries()) {
    drop.querySelector('[role=status]').textContent =
      `${drop.dataset.sending} ${n + 1}/${files.length}: ${file.name}`
    const { name, size } = file
    const path = size <= drop.dataset.limit ? await upload(file).then((at) => at.path, () => '') : ''
    added.push({ name, size, path })
  }
  drop.querySelector('[role=status]').textContent = ''
  drop.querySelector('input').value = ''
  if (added.length) trigger('admit', { files: added })
}

// What is kept in the collection that is open is marked wherever it is shown.
function mark() {
  const said = document.querySelector('#kept [data-kept]')
  const kept = new Set(said ? JSON.parse(said.dataset.kept).map((key) => key.join('\n')) : [])
  for (const button of document.querySelectorAll('[data-event=keep]')) {
    const { article, quote } = JSON.parse(button.closest('[data-citation]').dataset.citation)
    const on = kept.has([article, quote ?? ''].join('\n'))
    button.setAttribute('aria-pressed', on)
    button.textContent = on ? `★ ${button.dataset.on}` : `☆ ${button.dataset.off}`
  }
}

// A page that is loaded anew, because the server was started anew, opens what was open, and the
// question that was typed or not yet answered is in its box.
const box = () => document.querySelector('#question textarea')

function remember() {
  const asked = element.querySelector('.waiting')?.previousElementSibling?.textContent
  sessionStorage.setItem('conversation', element.querySelector('.talk')?.dataset.conversation ?? '')
  sessionStorage.setItem('question', box().value || asked || '')
}

function recall() {
  const [open, typed] = ['conversation', 'question'].map((name) => sessionStorage.getItem(name))
  sessionStorage.clear()
  const id = addressed() || open
  if (id) trigger('reopen', { id })
  if (!typed) return
  box().value = typed
  box().dispatchEvent(new Event('input'))
}

// The address says which conversation is open, and may say at which of its questions; back and
// forward lead from one to the other.
const addressed = () => new URLSearchParams(location.search).get('conversation') ?? ''
let arriving = true // what the address names was not opened yet

function keepAddress(talk) {
  const { conversation } = talk.dataset
  if (arriving) {
    if (conversation !== addressed()) return
    arriving = false
    openTurn(talk)
  } else if (conversation !== addressed()) {
    history.pushState(null, '', conversation ? `?conversation=${conversation}` : location.pathname)
  }
}

function openTurn(talk) {
  const turn = new URLSearchParams(location.search).get('turn')
  const question = turn && talk.querySelectorAll('.question')[turn]
  if (!question) return
  trigger('show', { turn, n: 0 })
  question.scrollIntoView({ block: 'start' })
}

function follow() {
  arriving = true
  trigger('reopen', { id: addressed() })
}

// The conversation is drawn anew with every change. Whoever reads an earlier turn stays there,
// unless something is asked; who hears the page hears the new answer once.
let seen = { conversation: null, questions: 0, waiting: false, top: 0, atEnd: true }

element.addEventListener('scroll', ({ target }) => {
  if (!target.matches('.talk')) return
  seen.top = target.scrollTop
  seen.atEnd = target.scrollTop + target.clientHeight > target.scrollHeight - 40
}, true)

function settle(talk) {
  const { conversation } = talk.dataset
  const questions = talk.querySelectorAll('.question').length
  const waiting = Boolean(talk.querySelector('.waiting'))
  const same = conversation === seen.conversation && questions === seen.questions
  if (same && (waiting === seen.waiting || !seen.atEnd)) talk.scrollTop = seen.top
  else begin(talk)
  if (seen.waiting && !waiting) tell([...talk.querySelectorAll('.answer')].at(-1))
  // Known at once: the event of this scrolling may come after the answer is drawn.
  const atEnd = talk.scrollTop + talk.clientHeight > talk.scrollHeight - 40
  seen = { conversation, questions, waiting, top: talk.scrollTop, atEnd: atEnd || waiting }
}

// The last question, with the beginning of its answer below it: in its pane or, on a phone, where the
// page is the pane, on the screen.
function begin(talk) {
  const last = [...talk.querySelectorAll('.question')].at(-1)
  if (!last) return talk.scrollTo(0, 0)
  talk.scrollTop += last.getBoundingClientRect().top - talk.getBoundingClientRect().top
  if (getComputedStyle(talk).overflowY === 'visible') last.scrollIntoView({ block: 'start' })
}

function tell(answer) {
  let hearing = document.querySelector('#hearing')
  if (!hearing) {
    hearing = Object.assign(document.createElement('div'), { id: 'hearing', className: 'unseen' })
    hearing.setAttribute('role', 'status')
    element.append(hearing) // beside what is drawn anew
  }
  const parts = answer?.querySelectorAll('.badge, p:not(.tools), blockquote') ?? []
  hearing.textContent = [...parts].map((part) => part.textContent).join(' ')
}

watch('value', () => {
  const talk = element.querySelector('.talk')
  if (talk && !element.remembers) {
    element.remembers = true
    addEventListener('pagehide', remember)
    addEventListener('popstate', follow)
    recall()
  }
  if (talk) settle(talk)
  if (talk) keepAddress(talk)
  for (const moment of element.querySelectorAll('time.moment')) // ISO, in the browser's own time
    moment.textContent = new Date(moment.dateTime)
      .toLocaleString('sv', { dateStyle: 'short', timeStyle: 'short' })
  // What is drawn anew keeps the field and what was typed: sent, it would be sent again.
  for (const input of element.querySelectorAll('input.new'))
    if (input.value === input.sent) input.value = input.defaultValue = input.sent = ''
  point()
  mark()
  element.querySelector('a[download]')?.click()
  const shown = [...element.querySelectorAll('[data-event]')]
  if (focused) shown.find((target) => key(target) === focused)?.focus()
  focused = ''
})
