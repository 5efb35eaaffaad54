export { OverviewPage } from './overview-page'
export { readDays } from './period'
