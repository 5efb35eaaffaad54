import { NotBuilt } from '@/components/not-built'

export function AuditPage() {
  return <NotBuilt title="Audit log" />
}
