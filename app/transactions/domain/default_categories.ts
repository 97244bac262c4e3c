/** What a new user starts with: name, kind, icon and what lies under it. */
export const DEFAULT_CATEGORIES = [
  { name: 'Salary', kind: 'income', icon: 'briefcase', color: '#2e7d32', children: [] },
  { name: 'Freelance', kind: 'income', icon: 'laptop', color: '#388e3c', children: [] },
  { name: 'Interest', kind: 'income', icon: 'percent', color: '#43a047', children: [] },
  { name: 'Groceries', kind: 'expense', icon: 'cart', color: '#ef6c00', children: [] },
  { name: 'Rent', kind: 'expense', icon: 'home', color: '#6d4c41', children: [] },
  { name: 'Utilities', kind: 'expense', icon: 'bolt', color: '#f9a825', children: [] },
  { name: 'Transport', kind: 'expense', icon: 'train', color: '#1565c0', children: ['Fuel', 'Parking'] },
  { name: 'Dining', kind: 'expense', icon: 'utensils', color: '#d84315', children: [] },
  { name: 'Health', kind: 'expense', icon: 'heart', color: '#c62828', children: [] },
  { name: 'Entertainment', kind: 'expense', icon: 'film', color: '#6a1b9a', children: [] },
  { name: 'Shopping', kind: 'expense', icon: 'bag', color: '#ad1457', children: [] },
  { name: 'Travel', kind: 'expense', icon: 'plane', color: '#00838f', children: [] },
  { name: 'Education', kind: 'expense', icon: 'book', color: '#283593', children: [] },
  { name: 'Insurance', kind: 'expense', icon: 'shield', color: '#455a64', children: [] },
  { name: 'Taxes', kind: 'expense', icon: 'landmark', color: '#37474f', children: [] },
  { name: 'Gifts', kind: 'expense', icon: 'gift', color: '#8e24aa', children: [] },
] as const
