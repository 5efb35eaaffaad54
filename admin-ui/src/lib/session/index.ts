export { forget, keep, mayHaveSession, onTenantChange, refresh, signOut } from '@/lib/api/tokens'
export { type Me, type Permission, meQuery, useCan, useIsOperator, useMe } from './me'
