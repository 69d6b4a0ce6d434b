// Runs in each HTML component of the page; `element`, `trigger` and `server` are Gradio's.
// A click on what carries data-event, or a changed date, becomes an event of that name.
const EVENTS = ['example', 'show', 'narrow', 'reopen', 'forget', 'judge', 'export']

function send(name, data) {
  if (EVENTS.includes(name)) trigger(name, data)
}

element.addEventListener('click', async (event) => {
  const target = event.target.closest('[data-event], [data-copy]')
  if (!target || target.tagName === 'INPUT') return
  if (target.dataset.copy) await navigator.clipboard.writeText(target.dataset.copy)
  else send(target.dataset.event, { ...target.dataset })
})

element.addEventListener('keydown', (event) => {
  const target = event.target.closest('g[data-event]') // buttons do this by themselves
  if (!target || ![' ', 'Enter'].includes(event.key)) return
  event.preventDefault()
  send(target.dataset.event, { ...target.dataset })
})

element.addEventListener('change', (event) => {
  if (event.target.type !== 'date') return
  const day = (name) => element.querySelector(`input[name=${name}]`).value
  send('narrow', { from: day('from'), to: day('to') })
})

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
})
