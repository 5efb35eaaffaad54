import { createFileRoute } from '@tanstack/react-router'
import { NumbersPage } from '@/features/numbers'

export const Route = createFileRoute('/_app/numbers/')({ component: NumbersPage })
