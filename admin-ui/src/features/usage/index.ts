export { UsagePage } from './usage-page'
export { readPreset } from './period'
