// The chart of a load: node chart.mjs <load.json >load.svg. A bar for each block, as high as it holds transfers; dots for the blocks that finality is behind.
import { readFileSync } from 'node:fs'

const { chain, blocks, transfers, slotMs } = JSON.parse(readFileSync(0, 'utf8'))
const [width, height, left, bottom] = [800, 320, 60, 40]
const most = Math.max(1, ...blocks.map((block) => block.transfers))
const lags = Math.max(4, ...blocks.map(({ lag }) => lag))
const step = (width - left - 60) / Math.max(1, blocks.length)
const [top, floor] = [40, height - bottom]
const y = (part) => (floor - part * (floor - top)).toFixed(1)
const x = (i) => (left + i * step).toFixed(1)
const text = (at, line, words, anchor = 'middle') => `<text x="${at}" y="${line}" text-anchor="${anchor}">${words}</text>`

const bars = blocks.map((block, i) => `<rect x="${x(i)}" y="${y(block.transfers / most)}" width="${(step * 0.8).toFixed(1)}" height="${((block.transfers / most) * (floor - top)).toFixed(1)}"/>`)
const dots = blocks.map(({ lag }, i) => `<circle cx="${x(i + 0.4)}" cy="${y(lag / lags)}" r="3"/>`)
console.log(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
${text(width / 2, 20, `${chain}: ${transfers.included} transfers, ${transfers.perSecond} a second, slots of ${slotMs} ms`)}
<g fill="#4a7">${bars.join('')}</g>
<g fill="#c33">${dots.join('')}</g>
<path d="M${left} ${top}V${floor}H${width - 60}V${top}" fill="none" stroke="#333"/>
${text(left - 8, top + 4, most, 'end')}${text(left - 8, floor, 0, 'end')}
${text(width - 52, top + 4, lags, 'start')}${text(width - 52, floor, 0, 'start')}
${text(left, height - 14, 'bars: transfers in a block', 'start')}${text(width - 60, height - 14, 'dots: blocks that finality is behind', 'end')}
</svg>`)
