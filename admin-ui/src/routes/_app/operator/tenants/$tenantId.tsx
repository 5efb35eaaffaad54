import { createFileRoute } from '@tanstack/react-router'
import { TenantPage } from '@/features/operator'

export const Route = createFileRoute('/_app/operator/tenants/$tenantId')({ component: Page })

function Page() {
  const { tenantId } = Route.useParams()
  return <TenantPage tenantId={tenantId} />
}
