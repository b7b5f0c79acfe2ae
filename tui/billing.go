package tui

import (
	"errors"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// billing is the page that asks who the customer is: their name first, then what addresses have in their country, which is
// the shop's until another is chosen.
type billing struct {
	desk          *Desk
	width, height int
	done          func(domain.Person) tea.Cmd

	person  *domain.Person // on the heap: the fields write into it
	country string         // of the fields
	guessed string         // the country that nobody has chosen
	first   *form          // the list of countries
	second  *form          // the fields; nil: a country is chosen
	asked   bool           // the warnings have been said
}

func newBilling(d *Desk, known domain.Person, done func(domain.Person) tea.Cmd) *billing {
	b := &billing{desk: d, done: done, person: &known}
	if known.Address == (domain.Address{}) {
		b.guessed = d.Till.Country
		known.Address.Country = b.guessed
	}
	list := newChoice(d, "country", "Country", append([]option{{"", "no address"}}, areaOptions(domain.Countries())...), &b.person.Address.Country)
	list.rows = 10
	b.first = newForm(d, list)
	b.turn()
	return b
}

// told is what was told. A country that nobody has chosen is no address.
func (b *billing) told() domain.Person {
	p := *b.person
	if p.Address == (domain.Address{Country: b.guessed}) {
		p.Address = domain.Address{}
	}
	return p
}

// begin puts what somebody was searched for where it belongs.
func (b *billing) begin(text string) {
	p := b.person
	switch {
	case strings.Contains(text, "@"):
		p.Email = text
	case strings.Trim(text, "+0123456789 -()/.") == "":
		p.Phone = text
	default:
		p.FirstName, p.LastName, _ = strings.Cut(text, " ")
	}
}

// turn makes the fields of the country. What was typed stays, also what this country does not have: the fields write into
// one person.
func (b *billing) turn() {
	if b.second != nil && b.country == b.person.Address.Country {
		return
	}
	b.country, b.asked = b.person.Address.Country, false
	p, d := b.person, b.desk
	email := newText(d, "email", "E-mail", false, &p.Email)
	email.Validate(likeEmail)
	phone := newText(d, "phone", "Phone", false, &p.Phone)
	phone.keep = func(r rune) bool { return strings.ContainsRune("+0123456789 -()/.", r) }
	fields := []field{
		newText(d, "first_name", "First name", false, &p.FirstName),
		newText(d, "last_name", "Last name", false, &p.LastName),
		email, phone,
	}
	for _, f := range domain.AddressForm(b.country) {
		fields = append(fields, b.addressField(f))
	}
	b.second = newForm(d, fields...)
	b.second.resize(b.width - 2*margin)
}

func (b *billing) addressField(f domain.AddressField) field {
	a := &b.person.Address
	value := map[string]*string{
		"address_1": &a.Line1, "address_2": &a.Line2, "city": &a.City, "postcode": &a.Postcode, "country_area": &a.Area,
	}[f.Key]
	if len(f.Areas) > 0 {
		c := newChoice(b.desk, f.Key, f.Label, append([]option{{"", "—"}}, areaOptions(f.Areas)...), value)
		c.needed = f.Required
		return c
	}
	t := newText(b.desk, f.Key, f.Label, f.Required, value)
	if f.Example != "" {
		t.like("like " + f.Example)
	}
	return t
}

// likeEmail is all that can be known of an address without asking it.
func likeEmail(text string) error {
	name, host, found := strings.Cut(strings.TrimSpace(text), "@")
	if text != "" && (!found || name == "" || host == "" || strings.ContainsAny(text, " ,;")) {
		return errors.New("must be like name@example.com")
	}
	return nil
}

func (b *billing) Init() tea.Cmd { return nil }
func (b *billing) Title() string { return "customer" }
func (b *billing) Typing() bool  { return true }

// Resize fits both pages.
func (b *billing) Resize(width, height int) {
	b.width, b.height = width, height
	b.first.resize(width - 2*margin)
	list := b.first.fields[0].(*choice)
	list.rows = max(3, min(12, height-6))
	if b.second != nil {
		b.second.resize(width - 2*margin)
	}
}

var billingKeys = struct{ save, country, none, choose key.Binding }{
	choose:  key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑ ↓", "choose, or type to find")),
	save:    key.NewBinding(key.WithKeys("f9", "ctrl+s"), key.WithHelp("F9", "save")),
	country: key.NewBinding(key.WithKeys("ctrl+y"), key.WithHelp("ctrl+y", "other country")),
	none:    key.NewBinding(key.WithKeys("ctrl+x"), key.WithHelp("ctrl+x", "no customer")),
}

// Keys are what counts on the page that is open.
func (b *billing) Keys() []key.Binding {
	if b.second == nil {
		return []key.Binding{formKeys.next, billingKeys.choose}
	}
	return []key.Binding{formKeys.next, formKeys.back, billingKeys.save, billingKeys.country, billingKeys.none}
}

// Update answers keys.
func (b *billing) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		b.page().paste(msg.Content)
	case tea.KeyPressMsg:
		return b.press(msg)
	}
	return nil
}

func (b *billing) page() *form {
	if b.second != nil {
		return b.second
	}
	return b.first
}

func (b *billing) press(msg tea.KeyPressMsg) tea.Cmd {
	k := billingKeys
	switch {
	case b.second == nil:
		if key.Matches(msg, formKeys.next) && !b.first.here().takes(msg) && b.first.submit() {
			b.turn()
			return nil
		}
		b.first.press(msg)
	case key.Matches(msg, k.save):
		return b.save()
	case key.Matches(msg, k.country):
		b.second = nil
	case key.Matches(msg, k.none):
		return b.forget()
	case b.second.press(msg):
		return b.save()
	}
	return nil
}

// StepBack goes from the countries to the fields, as they were.
func (b *billing) StepBack() bool {
	if b.second != nil {
		return false
	}
	if !b.first.here().(*choice).cancel() {
		b.turn()
	}
	return true
}

// save gives the customer to the sale. What does not fit the country's format is said once, and may stay.
func (b *billing) save() tea.Cmd {
	if !b.second.submit() {
		return nil
	}
	if b.person.Email == "" && b.person.Phone == "" {
		b.second.warnings = map[string]string{"email": "this or a phone number is needed"}
		b.second.to("email")
		return nil
	}
	if first := b.warn(); first != "" && !b.asked {
		b.asked = true
		b.second.to(first)
		b.desk.Say("this does not look like an address there · F9 keeps it as it is")
		return nil
	}
	return tea.Batch(b.desk.Back(), b.done(b.told().Clean()))
}

// warn marks the fields that do not fit and gives the first.
func (b *billing) warn() (first string) {
	b.second.warnings = map[string]string{}
	warnings := domain.AddressWarnings(b.told().Address)
	for _, f := range b.second.fields {
		if w := warnings["billing_address."+f.name()]; w != "" {
			b.second.warnings[f.name()] = w
			if first == "" {
				first = f.name()
			}
		}
	}
	return first
}

// forget takes the customer off the sale.
func (b *billing) forget() tea.Cmd {
	*b.person = domain.Person{}
	b.second, b.asked = nil, false
	b.first.here().(*choice).cancel()
	return tea.Batch(b.desk.Back(), b.done(domain.Person{}))
}

// View shows the page that is open.
func (b *billing) View() string {
	st := b.desk.Styles
	columns := min(b.width-2*margin, 76)
	if b.second == nil {
		return indent("\n"+st.Strong.Render("where does the customer live?")+"\n\n"+b.first.View(columns, b.height-3), margin)
	}
	head, note := st.Strong.Render("who is it for?"), "an e-mail or a phone number is enough."
	if c := b.first.fields[0].(*choice); len(c.found) > 0 {
		leads := " · " + billingKeys.country.Help().Key
		if b.person.Address.Country == "" {
			leads += " adds one"
		} else {
			leads, note = leads+" another", "* usual there. "+note
		}
		head += st.Faint.Render("  " + c.options[c.found[c.at]].label)
		head = spread(head, st.Faint.Render(leads), min(columns, width(head)+width(leads)))
	}
	note = wrapped(note, columns)
	page := b.second.View(columns, b.height-5-strings.Count(note, "\n"))
	return indent("\n"+head+"\n\n"+page+"\n\n"+st.Faint.Render(note), margin)
}
