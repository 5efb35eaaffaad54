import { createFileRoute } from '@tanstack/react-router'
import { PublicShell } from '@/app/public-shell'

export const Route = createFileRoute('/_public')({ component: PublicShell })
