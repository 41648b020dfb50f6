package postscript

// Keyword is a word that makes the person who texts it a subscriber. Read only: the answer of
// GET /keywords/{id} and an entry of a KeywordList, the same in v1 and v2.
type Keyword struct {
	CreatedAt      Time   `json:"created_at"`
	ID             ID     `json:"id"`
	Keyword        string `json:"keyword"`
	TriggeredCount int    `json:"triggered_count"` // how often it was used
	UpdatedAt      Time   `json:"updated_at"`
}

// KeywordList is the answer of GET /keywords: the active ones, all at once. Whether a shop without keywords
// gets an empty list or an empty object is not published; both read as none.
type KeywordList struct {
	Keywords []Keyword `json:"keywords"`
}
