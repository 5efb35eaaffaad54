import { NotBuilt } from '@/components/not-built'

export function WebhookPage(_: { webhookId: string }) {
  return <NotBuilt title="Webhook" />
}
