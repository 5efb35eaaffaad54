export { CustomersPage } from './customers-page'
export { CustomerPage } from './customer-page'
export { parseFilters } from './filters'
