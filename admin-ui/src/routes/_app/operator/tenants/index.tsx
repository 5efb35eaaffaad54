import { createFileRoute } from '@tanstack/react-router'
import { TenantsPage } from '@/features/operator'

export const Route = createFileRoute('/_app/operator/tenants/')({ component: TenantsPage })
