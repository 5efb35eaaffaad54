import { createFileRoute } from '@tanstack/react-router'
import { CustomerPage } from '@/features/customers'

export const Route = createFileRoute('/_app/customers/$customerId')({ component: Page })

function Page() {
  const { customerId } = Route.useParams()
  return <CustomerPage key={customerId} customerId={customerId} />
}
