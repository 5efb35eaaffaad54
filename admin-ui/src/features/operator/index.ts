export { TenantsPage } from './tenants-page'
export { TenantPage } from './tenant-page'
export { OperatorJobsPage } from './jobs-page'
