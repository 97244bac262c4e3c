import type { PersonalData } from '#core/personal_data/exported'

/** The files a person imported, and what became of each of their rows. */
const exportedImports: PersonalData = {
  tables: [
    {
      name: 'imports',
      about: 'Files on their way into the ledger. The files themselves are in imports/.',
      table: 'imports',
      columns: {
        id: ['id', 'The import'],
        accountId: ['account_id', 'Where its rows went unless they named another account'],
        status: ['status', 'pending, active, completed, failed or reverted'],
        format: ['format', 'What kind of file it is'],
        detection: ['detection', 'What was found out about the file before it was read'],
        statements: ['statements', 'What the file says of its statements: accounts and balances'],
        profileId: ['profile_id', 'The profile its mapping is of'],
        saveProfile: ['save_profile', 'Whether its mapping was to be kept as a profile'],
        fileName: ['file_name', 'What you called the file'],
        fileSize: ['file_size', 'In bytes'],
        fileSha256: [`encode(file_digest, 'hex')`, 'Its SHA-256'],
        mapping: ['mapping', 'Which column is what'],
        dryRun: ['dry_run', 'Whether it was only tried'],
        totalRows: ['total_rows', 'Rows of the file'],
        processedRows: ['processed_rows', 'Rows that were read'],
        processedBytes: ['processed_bytes', 'Bytes that were read'],
        importedRows: ['imported_rows', 'Rows that became transactions'],
        duplicateRows: ['duplicate_rows', 'Rows that were there already'],
        rejectedRows: ['rejected_rows', 'Rows that could not be read'],
        error: ['error', 'Why it failed'],
        createdAt: ['created_at', 'When you uploaded it'],
        startedAt: ['started_at', 'When reading began'],
        finishedAt: ['finished_at', 'When it ended'],
      },
      withheld: { file_key: 'where the file lies in storage' },
      orderBy: 'id',
    },
    {
      name: 'import_profiles',
      about: 'Mappings you keep for files of an account.',
      table: 'import_profiles',
      columns: {
        id: ['id', 'The profile'],
        accountId: ['account_id', 'Whose files it is for'],
        name: ['name', 'What you called it'],
        format: ['format', 'What kind of files'],
        headers: ['headers', 'The header that such files have'],
        mapping: ['mapping', 'Which column is what'],
        createdAt: ['created_at', 'When it was made'],
        updatedAt: ['updated_at', 'When it last changed'],
      },
      withheld: { header_key: 'a digest of the headers' },
      orderBy: 'id',
    },
    {
      name: 'import_rows',
      about: 'What became of each row of an imported file.',
      table: 'import_rows',
      columns: {
        importId: ['import_id', 'Of which import'],
        number: ['number', 'Which row, from 1'],
        verdict: ['verdict', 'imported, duplicate or rejected'],
        transactionId: ['transaction_id', 'What it became, or what it repeats'],
        rule: ['rule', 'What made it a duplicate'],
        field: ['field', 'The field the reason is about'],
        reason: ['reason', 'Why it was rejected'],
        raw: ['raw', 'A rejected row as it stands in the file'],
      },
      orderBy: 'import_id, number',
    },
  ],
  bytes: {
    folder: 'imports',
    sql: `SELECT file_key AS key, id || '/' || file_name AS path FROM imports ORDER BY id`,
  },
}

export default exportedImports
