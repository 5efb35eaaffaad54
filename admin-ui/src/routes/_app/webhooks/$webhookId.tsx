import { createFileRoute } from '@tanstack/react-router'
import { WebhookPage } from '@/features/webhooks'

export const Route = createFileRoute('/_app/webhooks/$webhookId')({ component: Page })

function Page() {
  const { webhookId } = Route.useParams()
  return <WebhookPage webhookId={webhookId} />
}
