package ews

// The operations on user configurations (MS docs: UserConfiguration).
const (
	OpGetUserConfiguration    Op = "GetUserConfiguration"
	OpCreateUserConfiguration Op = "CreateUserConfiguration"
	OpUpdateUserConfiguration Op = "UpdateUserConfiguration"
	OpDeleteUserConfiguration Op = "DeleteUserConfiguration"
)

// UserConfigurationName names a configuration in a folder.
type UserConfigurationName struct {
	Name   string   `x:"@Name,need"`
	Folder FolderID `x:"*"`
}

// UserConfiguration is what a client keeps in a folder.
type UserConfiguration struct {
	Name       UserConfigurationName `x:"t:UserConfigurationName,need"`
	ID         *ItemID               `x:"t:ItemId"`
	Dictionary []DictionaryEntry     `x:"t:Dictionary/t:DictionaryEntry"`
	XML        *[]byte               `x:"t:XmlData"`
	Binary     *[]byte               `x:"t:BinaryData"`
}

// DictionaryEntry is one of a configuration's.
type DictionaryEntry struct {
	Key   DictionaryObject `x:"t:DictionaryKey"`
	Value DictionaryObject `x:"t:DictionaryValue"`
}

// DictionaryObject is a value of some type, "String" or "Integer32".
type DictionaryObject struct {
	Type   string   `x:"t:Type"`
	Values []string `x:"t:Value"`
}

// GetUserConfiguration asks for a configuration. Properties says for which parts: Id, Dictionary, XmlData, BinaryData, All.
type GetUserConfiguration struct {
	Name       UserConfigurationName `x:"m:UserConfigurationName,need"`
	Properties string                `x:"m:UserConfigurationProperties,need"`
}

// Op returns OpGetUserConfiguration.
func (g GetUserConfiguration) Op() Op { return OpGetUserConfiguration }

func (g GetUserConfiguration) appendTo(dst []byte) []byte {
	return appendBound(dst, g, "m:GetUserConfiguration")
}

// UserConfigurationMessage is the answer to GetUserConfiguration.
type UserConfigurationMessage struct {
	Message
	Configuration *UserConfiguration `x:"m:UserConfiguration"`
}

// GetUserConfigurationResponse answers GetUserConfiguration.
type GetUserConfigurationResponse struct {
	Messages []UserConfigurationMessage `x:"m:ResponseMessages/m:GetUserConfigurationResponseMessage,always"`
}

// Op returns OpGetUserConfiguration.
func (g GetUserConfigurationResponse) Op() Op { return OpGetUserConfiguration }

func (g GetUserConfigurationResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, g, "m:GetUserConfigurationResponse")
}

// CreateUserConfiguration makes a configuration.
type CreateUserConfiguration struct {
	Configuration UserConfiguration `x:"m:UserConfiguration,need"`
}

// Op returns OpCreateUserConfiguration.
func (c CreateUserConfiguration) Op() Op { return OpCreateUserConfiguration }

func (c CreateUserConfiguration) appendTo(dst []byte) []byte {
	return appendBound(dst, c, "m:CreateUserConfiguration")
}

// CreateUserConfigurationResponse answers CreateUserConfiguration.
type CreateUserConfigurationResponse struct {
	Messages []PlainMessage `x:"m:ResponseMessages/m:CreateUserConfigurationResponseMessage,always"`
}

// Op returns OpCreateUserConfiguration.
func (c CreateUserConfigurationResponse) Op() Op { return OpCreateUserConfiguration }

func (c CreateUserConfigurationResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, c, "m:CreateUserConfigurationResponse")
}

// UpdateUserConfiguration changes a configuration.
type UpdateUserConfiguration struct {
	Configuration UserConfiguration `x:"m:UserConfiguration,need"`
}

// Op returns OpUpdateUserConfiguration.
func (u UpdateUserConfiguration) Op() Op { return OpUpdateUserConfiguration }

func (u UpdateUserConfiguration) appendTo(dst []byte) []byte {
	return appendBound(dst, u, "m:UpdateUserConfiguration")
}

// UpdateUserConfigurationResponse answers UpdateUserConfiguration.
type UpdateUserConfigurationResponse struct {
	Messages []PlainMessage `x:"m:ResponseMessages/m:UpdateUserConfigurationResponseMessage,always"`
}

// Op returns OpUpdateUserConfiguration.
func (u UpdateUserConfigurationResponse) Op() Op { return OpUpdateUserConfiguration }

func (u UpdateUserConfigurationResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, u, "m:UpdateUserConfigurationResponse")
}

// DeleteUserConfiguration takes a configuration away.
type DeleteUserConfiguration struct {
	Name UserConfigurationName `x:"m:UserConfigurationName,need"`
}

// Op returns OpDeleteUserConfiguration.
func (d DeleteUserConfiguration) Op() Op { return OpDeleteUserConfiguration }

func (d DeleteUserConfiguration) appendTo(dst []byte) []byte {
	return appendBound(dst, d, "m:DeleteUserConfiguration")
}

// DeleteUserConfigurationResponse answers DeleteUserConfiguration.
type DeleteUserConfigurationResponse struct {
	Messages []PlainMessage `x:"m:ResponseMessages/m:DeleteUserConfigurationResponseMessage,always"`
}

// Op returns OpDeleteUserConfiguration.
func (d DeleteUserConfigurationResponse) Op() Op { return OpDeleteUserConfiguration }

func (d DeleteUserConfigurationResponse) appendTo(dst []byte) []byte {
	return appendAnswer(dst, d, "m:DeleteUserConfigurationResponse")
}
