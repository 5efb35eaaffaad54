export { CallsPage } from './calls-page'
export { CallPage } from './call-page'
export { parseFilters } from './filters'
