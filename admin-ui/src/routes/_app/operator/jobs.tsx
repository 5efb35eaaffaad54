import { createFileRoute } from '@tanstack/react-router'
import { OperatorJobsPage } from '@/features/operator'

export const Route = createFileRoute('/_app/operator/jobs')({ component: OperatorJobsPage })
