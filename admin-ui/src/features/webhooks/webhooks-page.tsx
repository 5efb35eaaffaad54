import { NotBuilt } from '@/components/not-built'

export function WebhooksPage() {
  return <NotBuilt title="Webhooks" />
}
