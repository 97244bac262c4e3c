/** A path parameter that is an id; any other text is a path that doesn't exist. */
export const uuid = { match: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i }
