package access

// Person is somebody with an account, as the others in an organization see her.
type Person struct {
	AccountID  string
	FirstName  string
	LastName   string
	LoginEmail string
	Avatar     string // id of the picture; "" shows the initials
}
