import type { PersonalData } from '#core/personal_data/exported'

/** The files a person uploaded. Earlier exports are not among them. */
const exportedFiles: PersonalData = {
  tables: [
    {
      name: 'files',
      about: 'Files you uploaded. They are in files/, below their id.',
      table: 'files',
      columns: {
        id: ['id', 'The file'],
        name: ['name', 'What you called it'],
        mimeType: ['mime_type', 'What it is, by its content'],
        size: ['size', 'In bytes'],
        sha256: [`encode(digest, 'hex')`, 'Its SHA-256'],
        createdAt: ['created_at', 'When you uploaded it'],
      },
      withheld: {
        key: 'where it lies in storage',
        purpose: 'an upload, as all of them are',
        expires_at: 'uploads stay until you delete them',
      },
      where: `purpose = 'upload'`,
      orderBy: 'id',
    },
  ],
  bytes: {
    folder: 'files',
    sql: `SELECT key, id || '/' || name AS path FROM files WHERE purpose = 'upload' ORDER BY id`,
  },
}

export default exportedFiles
