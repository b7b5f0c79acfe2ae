package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
)

// Person is what people told of themselves. It is never part of an entry, only its PersonRef is, so that a
// person can be forgotten while the journal stays whole.
type Person struct {
	FirstName string  `json:"first_name,omitempty"`
	LastName  string  `json:"last_name,omitempty"`
	LegalName string  `json:"legal_name,omitempty"`
	Email     string  `json:"email,omitempty"`
	Phone     string  `json:"phone,omitempty"`
	Address   Address `json:"billing_address,omitzero"`
	Notes     string  `json:"notes,omitempty"`
}

// Address is a billing address; its fields are named as gateways name them.
type Address struct {
	Line1    string `json:"address_1,omitempty"`
	Line2    string `json:"address_2,omitempty"`
	City     string `json:"city,omitempty"`
	Postcode string `json:"postcode,omitempty"`
	Area     string `json:"country_area,omitempty"`
	Country  string `json:"country_code,omitempty"` // ISO 3166, two letters
}

// Name is how the person is called on a screen and a receipt: the legal name, else first and last, else
// the e-mail address, else the phone number.
func (p Person) Name() string {
	for _, name := range []string{p.LegalName, strings.TrimSpace(p.FirstName + " " + p.LastName), p.Email} {
		if name != "" {
			return name
		}
	}
	return p.Phone
}

// IsMeantBy tells whether somebody told the same e-mail address, in any case of letters, or the same phone number,
// however its digits are set apart. It is the one rule for whose record is whose.
func (p Person) IsMeantBy(told Person) bool {
	phone := Dialled(told.Phone)
	return told.Email != "" && strings.EqualFold(told.Email, p.Email) || phone != "" && phone == Dialled(p.Phone)
}

// Dialled is what is typed to call a number: its digits, and the + before them.
func Dialled(phone string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, phone)
}

// Field gives the place of what is told under a name of the gateway's documents, such as first_name or postcode; nil
// for a name that is none.
func (p *Person) Field(name string) *string {
	return map[string]*string{
		"first_name": &p.FirstName, "last_name": &p.LastName, "legal_name": &p.LegalName,
		"email": &p.Email, "phone": &p.Phone, "notes": &p.Notes,
		"address_1": &p.Address.Line1, "address_2": &p.Address.Line2, "city": &p.Address.City,
		"postcode": &p.Address.Postcode, "country_area": &p.Address.Area, "country_code": &p.Address.Country,
	}[name]
}

// PersonRef stands in an entry for a row of the cabinet: its id, and the SHA-256 of salt and content, so
// that a changed row is seen and an emptied one gives nothing away.
type PersonRef struct {
	ID   string `json:"id"`
	Hash string `json:"sha256"`
}

// Kept is a row of the cabinet: a person, or what else was told in an entry.
type Kept struct {
	ID     string
	Salt   string // random, hex; emptied with the row
	Person Person
	Told   json.RawMessage // in place of a person: what was set aside of an entry, by where it stood
}

// Text is what the row holds, as it is hashed and stored.
func (k Kept) Text() ([]byte, error) {
	if k.Told != nil {
		return k.Told, nil
	}
	return json.Marshal(k.Person)
}

// Ref makes the reference that the entry carries.
func (k Kept) Ref() (PersonRef, error) {
	text, err := k.Text()
	if err != nil {
		return PersonRef{}, err
	}
	sum := sha256.Sum256(append([]byte(k.Salt), text...))
	return PersonRef{ID: k.ID, Hash: hex.EncodeToString(sum[:])}, nil
}
