import vine from '@vinejs/vine'

export const eraseUserValidator = vine.create({
  password: vine.string().maxLength(1024),
})
