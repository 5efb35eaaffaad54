export { AuditPage } from './audit-page'
export type { AuditFilter } from './api/words'
