import { createFileRoute } from '@tanstack/react-router'
import { CallsPage } from '@/features/calls'

export const Route = createFileRoute('/_app/calls/')({ component: CallsPage })
