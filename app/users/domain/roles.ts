/** From least to most. */
export const roles = ['USER', 'SUPPORT', 'ADMIN'] as const

export type Role = (typeof roles)[number]
