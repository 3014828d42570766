package ews

import "time"

// personaProperties are those of somebody; of the ones that have the name of several, each says of which contacts it is.
func personaProperties() []property {
	return join([]property{
		prop[ItemID]("persona:PersonaId"), prop[string]("persona:PersonaType"), prop[string]("persona:PersonaObjectStatus"),
		prop[time.Time]("persona:CreationTime"), prop[Bodies]("persona:Bodies"), prop[string]("persona:DisplayNameFirstLastSortKey"),
		prop[string]("persona:DisplayNameLastFirstSortKey"), prop[string]("persona:CompanyNameSortKey"), prop[string]("persona:HomeCitySortKey"),
		prop[string]("persona:WorkCitySortKey"), prop[string]("persona:DisplayNameFirstLastHeader"), prop[string]("persona:DisplayNameLastFirstHeader"),
		prop[string]("persona:DisplayName"), prop[string]("persona:DisplayNameFirstLast"), prop[string]("persona:DisplayNameLastFirst"),
		prop[string]("persona:FileAs"), prop[string]("persona:FileAsId"), prop[string]("persona:DisplayNamePrefix"), prop[string]("persona:GivenName"),
		prop[string]("persona:MiddleName"), prop[string]("persona:Surname"), prop[string]("persona:Generation"), prop[string]("persona:Nickname"),
		prop[string]("persona:YomiCompanyName"), prop[string]("persona:YomiFirstName"), prop[string]("persona:YomiLastName"), prop[string]("persona:Title"),
		prop[string]("persona:Department"), prop[string]("persona:CompanyName"), prop[string]("persona:Location"), prop[Mailbox]("persona:EmailAddress"),
		prop[PersonaAddresses]("persona:EmailAddresses"), prop[PersonaPhone]("persona:PhoneNumber"), prop[string]("persona:ImAddress"),
		prop[string]("persona:HomeCity"), prop[string]("persona:WorkCity"), prop[int]("persona:RelevanceScore"), prop[FolderIDList]("persona:FolderIds"),
		prop[Attributions]("persona:Attributions"),
	}, attributedTexts(
		"DisplayNames", "FileAses", "FileAsIds", "DisplayNamePrefixes", "GivenNames", "MiddleNames", "Surnames", "Generations", "Nicknames", "Initials",
		"YomiCompanyNames", "YomiFirstNames", "YomiLastNames",
	), attributedPhones(
		"BusinessPhoneNumbers", "BusinessPhoneNumbers2", "HomePhones", "HomePhones2", "MobilePhones", "MobilePhones2", "AssistantPhoneNumbers",
		"CallbackPhones", "CarPhones", "HomeFaxes", "OrganizationMainPhones", "OtherFaxes", "OtherTelephones", "OtherPhones2", "Pagers", "RadioPhones",
		"TelexNumbers", "TTYTDDPhoneNumbers", "WorkFaxes",
	), []property{
		prop[AttributedEmails]("persona:Emails1"), prop[AttributedEmails]("persona:Emails2"), prop[AttributedEmails]("persona:Emails3"),
	}, attributedTexts(
		"BusinessHomePages", "PersonalHomePages", "OfficeLocations", "ImAddresses", "ImAddresses2", "ImAddresses3",
	), []property{
		prop[AttributedAddresses]("persona:BusinessAddresses"), prop[AttributedAddresses]("persona:HomeAddresses"),
		prop[AttributedAddresses]("persona:OtherAddresses"),
	}, attributedTexts(
		"Titles", "Departments", "CompanyNames", "Managers", "AssistantNames", "Professions", "SpouseNames", "WeddingAnniversaries", "Birthdays",
		"Locations",
	))
}

func attributedTexts(names ...string) (all []property) {
	for _, name := range names {
		all = append(all, prop[AttributedTexts]("persona:"+name))
	}
	return all
}

func attributedPhones(names ...string) (all []property) {
	for _, name := range names {
		all = append(all, prop[AttributedPhones]("persona:"+name))
	}
	return all
}
