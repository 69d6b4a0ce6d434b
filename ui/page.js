// Runs in each HTML component of the page; `element`, `trigger` and `server` are Gradio's.
// A click on what carries data-event, or a date chosen, becomes an event of that name.
const EVENTS = ['example', 'show', 'narrow', 'reopen', 'forget', 'judge', 'export']

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

const press = (target) => send(target.dataset.event, { ...target.dataset }, target)

element.addEventListener('click', async (event) => {
  const target = event.target.closest('[data-event], [data-copy]')
  if (!target || target.tagName === 'INPUT') return
  if (target.dataset.copy) await navigator.clipboard.writeText(target.dataset.copy)
  else press(target)
})

element.addEventListener('keydown', (event) => {
  const bar = event.target.closest('g[data-event]') // buttons do this by themselves
  if (event.key === 'Enter') chooseDate(event.target, event.target)
  if (!bar || ![' ', 'Enter'].includes(event.key)) return
  event.preventDefault()
  press(bar)
})

// A date is chosen when its field is left: while it is typed, it passes through other dates.
element.addEventListener('focusout', (event) => chooseDate(event.target, event.relatedTarget))

function chooseDate(input, next) {
  if (input.type !== 'date' || input.value === input.defaultValue) return
  input.defaultValue = input.value
  const day = (name) => element.querySelector(`input[name=${name}]`).value
  send('narrow', { from: day('from'), to: day('to') }, next)
}

// An article comes when its card is opened. `toggle` does not bubble, hence the capture.
element.addEventListener('toggle', async (event) => {
  const card = event.target
  const article = card.querySelector('.article')
  if (!card.open || !article) return
  if (!article.childNodes.length) {
    article.setAttribute('aria-busy', 'true')
    article.innerHTML = await server.open_article(card.dataset.citation)
    article.removeAttribute('aria-busy')
  }
  const quote = article.querySelector('.quote')
  if (quote) article.scrollTop = quote.offsetTop - article.clientHeight / 3
  card.scrollIntoView({ block: 'nearest' })
}, true)

watch('value', () => {
  element.querySelector('.talk')?.scrollTo(0, 1e9)
  element.querySelector('a[download]')?.click()
  const shown = [...element.querySelectorAll('[data-event]')]
  if (focused) shown.find((target) => key(target) === focused)?.focus()
  focused = ''
})
